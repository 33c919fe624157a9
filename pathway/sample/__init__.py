"""What does a partnership look like at work? An invented one, made from a seed, by acts alone, over simulated time."""

from pathway.sample.making import make_sample, sign_ins

__all__ = ["make_sample", "sign_ins"]
