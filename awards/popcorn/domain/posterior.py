"""How sure the scores are: draws of what the votes leave possible (award-method §3, step 7)."""

import numpy as np

from .columns import Floats
from .score import Model, expected_joy, normalized


def draw_joy(model: Model, *, draws: int, seed: bytes) -> Floats:
    """Draw the features' joy from its posterior, F×D.

    A draw takes each feature's mix from its Dirichlet, then each segment's mix given that one.
    ``seed`` is eight bytes.
    """
    # RandomState alone promises the same stream in every future version of numpy (NEP 19).
    random = np.random.RandomState([int.from_bytes(seed[:4]), int.from_bytes(seed[4:8])])
    alpha = model.feature_alpha
    joy = np.zeros((len(alpha), draws))
    for feature, parameters in enumerate(alpha):
        mixes = _dirichlet(random, np.broadcast_to(parameters, (draws, 4)))
        if len(model.counts) == 1:
            joy[feature] = expected_joy(model, mixes)
            continue
        for segment, share in enumerate(model.shares):
            here = _dirichlet(random, model.segment_alpha(segment, feature, mixes))
            joy[feature] += share * expected_joy(model, here)
    return joy


def _dirichlet(random: np.random.RandomState, parameters: Floats) -> Floats:
    return normalized(random.standard_gamma(parameters))
