"""The desk where people work with the archive: pages in a browser, on their own machine."""
