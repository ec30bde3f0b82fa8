"""Exact discrete Gaussian noise, after Canonne, Kamath and Steinke (NeurIPS 2020).

Fractions and whole random numbers only: floating point would make some values a little more or
less likely than the promise says, and an attacker may find out which.
"""

import secrets
from fractions import Fraction
from typing import Protocol


class Coin(Protocol):
    """Where randomness comes from: `secrets`, except in tests."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """A whole number from 0, each as likely as the others."""


def discrete_gaussian(sigma: int, coin: Coin = secrets) -> int:
    """A whole number x with probability proportional to exp(-x² / 2 sigma²)."""
    if not isinstance(sigma, int) or isinstance(sigma, bool) or sigma <= 0:
        raise ValueError("noise needs a whole sigma above 0")
    scale = sigma + 1
    while True:
        x = _discrete_laplace(scale, coin)
        # The Laplace draw is kept just so often that the rest has the wanted shape.
        miss = Fraction(abs(x)) - Fraction(sigma * sigma, scale)
        if _happens_exp(miss * miss / (2 * sigma * sigma), coin):
            return x


def _discrete_laplace(scale: int, coin: Coin) -> int:
    """A whole number x with probability proportional to exp(-|x| / scale)."""
    while True:
        low = coin.randbelow(scale)
        if not _happens_exp(Fraction(low, scale), coin):
            continue
        high = 0
        while _happens_exp(Fraction(1), coin):
            high += 1
        size = low + scale * high
        negative = coin.randbelow(2) == 1
        if not (negative and size == 0):  # else 0 would come twice as often
            return -size if negative else size


def _happens_exp(x: Fraction, coin: Coin) -> bool:
    """True with probability exp(-x), for x of 0 or more."""
    while x > 1:
        if not _happens_exp(Fraction(1), coin):
            return False
        x -= 1
    tries = 1
    while _happens(x / tries, coin):
        tries += 1
    return tries % 2 == 1


def _happens(probability: Fraction, coin: Coin) -> bool:
    return coin.randbelow(probability.denominator) < probability.numerator
