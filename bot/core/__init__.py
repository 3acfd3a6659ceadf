"""What every area stands on: who asks and may, transactions, cards, notices, calendar."""
