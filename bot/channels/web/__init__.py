"""The second door: pages for any browser, without scripts."""
