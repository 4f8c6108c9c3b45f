"""An app whose tasks show what became of them, for tests that run, stop and kill real workers."""
