"""Run ice-facts with ``python -m ice_facts``."""

if __name__ == "__main__":
    try:
        from ice_facts.cli import main
    except KeyboardInterrupt:  # while the first modules are loaded
        import os

        os._exit(130)
    main()
