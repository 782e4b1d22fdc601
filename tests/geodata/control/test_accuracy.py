"""Against synthetic truth: the front runs where it should, and what one source got wrong stays in doubt.

`./scripts/bench control` measures the same with 7,000 places.
"""

from __future__ import annotations

import numpy as np
import pytest

from scripts.benchmarks import accuracy, truth

_PLACES = 1500
_SPACING_M = truth.SIDE_M / _PLACES**0.5


def _measured(share: float, sources: int, *, clustered: bool = False) -> accuracy.Measured:
    points = truth.scattered(_PLACES, np.random.default_rng(truth.SEED), clustered=clustered)
    return accuracy.measure(points, share, sources, np.random.default_rng(1))


def test_without_errors_the_front_lies_within_a_third_of_the_spacing() -> None:
    found = _measured(0.0, 2)
    assert max(found.to_truth_m, found.to_ours_m) <= 0.35 * _SPACING_M


def test_of_clustered_places_it_lies_within_a_third_of_the_gap_across() -> None:
    found = _measured(0.0, 2, clustered=True)
    assert max(found.to_truth_m, found.to_ours_m) <= 0.35 * found.gap_m


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_a_phantom_front_is_uncertain_and_a_true_one_need_not_be(share: float) -> None:
    found = _measured(share, 2)
    assert found.phantom_m > 0
    assert found.phantom_doubted > 0.999
    assert found.true_doubted < 0.01
    assert found.firm_to_truth_m <= 0.4 * _SPACING_M
