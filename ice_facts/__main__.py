"""Run ice-facts with ``python -m ice_facts``."""

from ice_facts.cli import main

if __name__ == "__main__":
    main()
