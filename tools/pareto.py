"""Which few causes make most of the trouble: shares of a whole, the largest first."""


def shares(rows):
    """Tell each one's share, and its share together with all that are larger.

    :param rows: iterable of ``(key, amount)``; amounts of zero or more
    :return: dict of key to ``(share, share with all larger)`` in percent; equal amounts stand in
        the order they came; empty when nothing adds up to more than zero
    """
    known = list(rows)
    whole = sum(amount for _key, amount in known)
    result, so_far = {}, 0
    if whole:
        for key, amount in sorted(known, key=lambda row: -row[1]):
            so_far += amount
            result[key] = (100 * amount / whole, 100 * so_far / whole)
    return result
