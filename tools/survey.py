"""Net promoter score and customer satisfaction, with the interval a small sample deserves."""

from dataclasses import dataclass
from math import sqrt

PROMOTER_FROM = 9
DETRACTOR_UP_TO = 6
NPS_MINIMUM = 30
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Nps:
    """``value``, ``low`` and ``high`` on -100..100; ``variance`` of one answer (-1, 0, 1)."""

    value: float
    low: float
    high: float
    variance: float
    size: int
    promoters: int
    detractors: int

    @property
    def is_shown(self):
        """Too few answers say more about chance than about the shop."""
        return self.size >= NPS_MINIMUM


def nps_from_counts(promoters, passives, detractors, z=Z_95):
    """Net promoter score from the three counts; None without answers.

    The interval is the adjusted Wald: three made-up answers are added, 3/4 to the promoters and
    3/4 to the detractors (J. Sauro, after B. Rocks, "Interval Estimation for the Net Promoter
    Score", The American Statistician 70, 2016), so it never collapses on one-sided samples.
    """
    size = promoters + passives + detractors
    if not size:
        return None
    share_up, share_down = promoters / size, detractors / size
    wide = size + 3
    up, down = (promoters + 0.75) / wide, (detractors + 0.75) / wide
    margin = z * sqrt((up + down - (up - down) ** 2) / wide)
    return Nps(
        value=100 * (share_up - share_down),
        low=100 * max(up - down - margin, -1),
        high=100 * min(up - down + margin, 1),
        variance=share_up + share_down - (share_up - share_down) ** 2,
        size=size,
        promoters=promoters,
        detractors=detractors,
    )


def nps(answers):
    """Net promoter score from answers 0 to 10, see :func:`nps_from_counts`.

    :raises ValueError: an answer outside 0 to 10
    """
    answers = list(answers)
    if any(not 0 <= answer <= 10 for answer in answers):
        raise ValueError('out_of_scale')
    promoters = sum(answer >= PROMOTER_FROM for answer in answers)
    detractors = sum(answer <= DETRACTOR_UP_TO for answer in answers)
    return nps_from_counts(promoters, len(answers) - promoters - detractors, detractors)


def csat(counts):
    """Share of the answers that are 4 or 5, from a mapping of answer (1 to 5) to count.

    None without answers.
    """
    total = sum(counts.values())
    if not total:
        return None
    return (counts.get(4, 0) + counts.get(5, 0)) / total
