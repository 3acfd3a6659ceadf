"""Reports that units owe (báo cáo sơ kết, tổng kết): prompts, writing, figures, the board."""
