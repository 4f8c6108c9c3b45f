"""A questionnaire as one document: what it holds, how it is read, checked, written and edited.

Plain data in, plain data out; only ``wording`` knows a language.
"""
