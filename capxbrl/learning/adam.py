"""Adam (Kingma and Ba 2015), the one optimiser of both models."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..records import dataclass

_TINY = np.float32(1e-8)


@dataclass(frozen=True, slots=True)
class Adam:
    """The averages of the slopes and of their squares, for one array of parameters; momentum, squares: how slowly the
    two move (beta 1 and beta 2 of the paper)."""

    mean: Any
    square: Any
    momentum: float
    squares: float

    def step(self, values: Any, slope: Any, rate: float, number: int, rows: Any = None) -> None:
        """Move `values` against their slope; number: of the step, from 1; rows: the only ones touched. Uses up
        `slope`."""
        mean, square = (self.mean, self.square) if rows is None else (self.mean[rows], self.square[rows])
        mean += (slope - mean) * np.float32(1 - self.momentum)
        square *= np.float32(self.squares)
        np.square(slope, out=slope)
        slope *= np.float32(1 - self.squares)
        square += slope
        np.sqrt(square, out=slope)
        slope += _TINY
        np.divide(mean, slope, out=slope)
        slope *= np.float32(rate * (1 - self.squares**number) ** 0.5 / (1 - self.momentum**number))
        if rows is None:
            values -= slope
        else:
            self.mean[rows], self.square[rows] = mean, square
            values[rows] -= slope


def adam(values: Any, *, momentum: float = 0.9, squares: float = 0.999) -> Adam:
    """The optimiser of an array, not yet moved."""
    return Adam(np.zeros_like(values), np.zeros_like(values), momentum, squares)
