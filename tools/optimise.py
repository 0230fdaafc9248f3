"""A small quasi-Newton minimiser (BFGS) for the few parameters our models have."""

from dataclasses import dataclass
from math import inf, isfinite

MAX_STEPS = 200


@dataclass(frozen=True)
class Minimum:
    """Where it stopped; ``is_converged`` tells whether the slope there is flat, ``inverse`` is the
    inverse Hessian as far as it was learnt on the way."""

    point: tuple
    value: float
    steps: int
    is_converged: bool
    inverse: list


def _dot(left, right):
    return sum(x * y for x, y in zip(left, right, strict=True))


def _line_search(function, point, value, gradient, direction):
    """Halve the step until the value falls enough (Armijo); None when it never does."""
    slope = _dot(gradient, direction)
    step = min(1.0, 2.0 / max(abs(part) for part in direction))
    for _attempt in range(40):
        trial = tuple(x + step * d for x, d in zip(point, direction, strict=True))
        try:
            trial_value, trial_gradient = function(trial)
        except (OverflowError, ValueError, ZeroDivisionError):
            trial_value = inf
        if isfinite(trial_value) and trial_value <= value + 1e-4 * step * slope:
            return trial, trial_value, trial_gradient
        step /= 2
    return None


def _update(inverse, moved, turned):
    """BFGS update of the inverse Hessian from a move and the change of slope."""
    curvature = _dot(moved, turned)
    if curvature <= 1e-14:
        return inverse
    size = range(len(moved))
    product = [_dot(row, turned) for row in inverse]
    factor = (1 + _dot(turned, product) / curvature) / curvature
    return [
        [
            inverse[i][j]
            + factor * moved[i] * moved[j]
            - (product[i] * moved[j] + moved[i] * product[j]) / curvature
            for j in size
        ]
        for i in size
    ]


def minimise(function, start, scale=1.0, tolerance=1e-6, inverse=None):
    """Minimise ``function(point) -> (value, gradient)`` from ``start``.

    :param scale: typical size of the value (number of observations), makes the first step sane
        and the tolerance relative
    :param inverse: what is known of the inverse Hessian, say from a smaller problem: where it
        stops depends on the slope only, how soon on this
    :return: :class:`Minimum`
    """
    point = tuple(start)
    value, gradient = function(point)
    size = range(len(point))
    unit = [[1.0 / scale if i == j else 0.0 for j in size] for i in size]
    inverse, is_fresh = inverse or unit, not inverse
    for steps in range(MAX_STEPS):
        if max(abs(part) for part in gradient) <= tolerance * scale:
            return Minimum(point, value, steps, True, inverse)
        direction = tuple(-_dot(row, gradient) for row in inverse)
        found = None
        if _dot(direction, gradient) < 0:
            found = _line_search(function, point, value, gradient, direction)
        if found is None:
            if is_fresh:
                return Minimum(point, value, steps, False, inverse)
            inverse, is_fresh = unit, True
            continue
        trial, trial_value, trial_gradient = found
        moved = tuple(new - old for new, old in zip(trial, point, strict=True))
        turned = tuple(new - old for new, old in zip(trial_gradient, gradient, strict=True))
        inverse, is_fresh = _update(inverse, moved, turned), False
        point, value, gradient = trial, trial_value, trial_gradient
    return Minimum(point, value, MAX_STEPS, False, inverse)
