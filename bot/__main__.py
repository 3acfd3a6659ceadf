"""`python -m bot`: the same as `satcoso`."""

from bot.cli.commands import main

if __name__ == "__main__":
    main()
