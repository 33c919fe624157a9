"""What has been written down for good? The chain of entries, what rebuilds from them, and the files kept beside."""
