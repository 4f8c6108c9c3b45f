#!/usr/bin/env python
from ifn.commands import main

if __name__ == "__main__":
    main()
