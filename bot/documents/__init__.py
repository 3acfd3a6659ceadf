"""Files in and out: xlsx and csv. Facts in, bytes out (or the other way); no database."""
