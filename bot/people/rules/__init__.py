"""Pure decisions: no input or output, no clock; `now` and `today` are passed in."""
