"""How large a list of units may be: enough for a province, too little to harm the program."""

MAX_UPLOAD_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_ENTRIES = 200
MAX_RATIO = 200  # unpacked to packed; lists of units have 5 to 30
MAX_ROWS = 20_000
MAX_COLUMNS = 60
