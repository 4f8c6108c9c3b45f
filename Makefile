# A thin cover for tools/bootstrap.py, which works without make: python3 tools/bootstrap.py run
PYTHON ?= python3
TARGETS := run demo test check fix messages bench bench-connected bench-peers lock

.PHONY: $(TARGETS)
$(TARGETS):
	@exec $(PYTHON) tools/bootstrap.py $@ $(ARGS)
