"""The command line: `satcoso`. Everything heavy is imported where it is used."""
