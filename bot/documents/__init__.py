"""The toolkit of papers and tables: files in and out, no database. Each area has its own papers."""
