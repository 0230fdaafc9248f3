"""The peer of the prediction benchmark: the library ``lifetimes``, in an environment of its own.

Installed by pip at pinned versions into the cache of ``./dev``, for the benchmark alone. Run by that environment's
Python, this file reads rows (repeats, last, age, mean value) from standard input and prints what the peer did with them.
"""

import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

PINNED = (
    'lifetimes==0.11.3',
    'autograd==1.8.0',
    'dill==0.4.0',
    'numpy==1.26.4',
    'pandas==2.2.3',
    'scipy==1.14.1',
)
HORIZON_WEEKS = 26
# Odoo's own packages are on the path of this process
ALONE = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}


def peer_python(data_dir):
    """The Python of the peer's environment, made beside Odoo's data directory when it is not there yet."""
    place = Path(data_dir).with_name(PINNED[0].replace('==', '-'))
    python = place / 'bin' / 'python'
    if not (place / 'ready').exists():
        venv.create(place, with_pip=True, clear=True)
        subprocess.run(
            [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *PINNED],
            env=ALONE,
            check=True,
        )
        (place / 'ready').touch()
    return python


def run_peer(data_dir, rows):
    """Let the peer fit and predict the same customers.

    :param rows: list of (repeat days, weeks from first to last, weeks from first to now, mean value)
    :return: mapping with ``orders`` and ``spend`` (seconds of the fits), ``predict``,
        ``penalty`` and ``parameters``; or with ``error``
    """
    done = subprocess.run(
        [peer_python(data_dir), '-W', 'ignore', __file__],
        env=ALONE,
        input=json.dumps([[float(part) for part in row] for row in rows]),
        capture_output=True,
        text=True,
        check=True,
    )
    # What did not converge, the peer prints before
    return json.loads(done.stdout.splitlines()[-1])


def main():
    """What the peer does, in its own environment."""
    import numpy as np
    from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter
    from lifetimes.utils import ConvergenceError

    rows = np.array(json.load(sys.stdin))
    x, last, age, mean = rows.T
    came_back = (x > 0) & (mean > 0)
    answer = {'error': 'did not converge'}
    # Its default first; then the smallest penalties that its manual tells to try
    for penalty in (0.0, 0.001, 0.01):
        try:
            start = time.perf_counter()
            orders = ModifiedBetaGeoFitter(penalizer_coef=penalty).fit(x, last, age)
            middle = time.perf_counter()
            spend = GammaGammaFitter(penalizer_coef=penalty).fit(x[came_back], mean[came_back])
        except ConvergenceError:
            continue
        fitted = time.perf_counter()
        orders.conditional_probability_alive(x, last, age)
        orders.conditional_expected_number_of_purchases_up_to_time(HORIZON_WEEKS, x, last, age)
        spend.conditional_expected_average_profit(x, mean)
        answer = {
            'orders': middle - start,
            'spend': fitted - middle,
            'predict': time.perf_counter() - fitted,
            'penalty': penalty,
            'parameters': {**orders.params_, **spend.params_},
        }
        break
    print(json.dumps(answer))


if __name__ == '__main__':
    main()
