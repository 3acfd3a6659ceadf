"""What was pressed, commanded or said -> one service -> one card."""
