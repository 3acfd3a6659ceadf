"""The officer's week: who goes where and why, reminders, the report; the week for supervisors."""
