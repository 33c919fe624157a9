"""What does it cost? One run of every figure, or of one, into `docs/performance.md`."""
