"""What the operator can choose: read, checked, told in words when it is wrong."""
