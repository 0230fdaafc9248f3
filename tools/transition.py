"""Which state kinds of a complaint follow each other, and who may go there.

The kinds carry the meaning (deadlines, reopening, survey, portal wording); the names and the
order of the shop's own stages are free.
"""

NEW = 'new'
OPEN = 'open'
WAITING_CUSTOMER = 'waiting_customer'
WAITING_INTERNAL = 'waiting_internal'
RESOLVED = 'resolved'
CLOSED = 'closed'
CANCELLED = 'cancelled'
SPAM = 'spam'

KINDS = (NEW, OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, CLOSED, CANCELLED, SPAM)
ACTIVE = (NEW, OPEN, WAITING_CUSTOMER, WAITING_INTERNAL)
DONE = (RESOLVED, CLOSED)
DEAD = (CANCELLED, SPAM)
OVER = DONE + DEAD
PAUSED = (WAITING_CUSTOMER,)

STAFF = {
    NEW: (OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, CANCELLED, SPAM),
    OPEN: (NEW, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, CANCELLED, SPAM),
    WAITING_CUSTOMER: (OPEN, WAITING_INTERNAL, RESOLVED, CLOSED, CANCELLED, SPAM),
    WAITING_INTERNAL: (OPEN, WAITING_CUSTOMER, RESOLVED, CANCELLED, SPAM),
    RESOLVED: (OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, CLOSED),
    CLOSED: (OPEN,),
    CANCELLED: (OPEN,),
    SPAM: (NEW, OPEN),
}
# A customer ends what he began, or says that it is not ended. Nothing else is his to decide.
CUSTOMER = {
    NEW: (CANCELLED,),
    OPEN: (CANCELLED,),
    WAITING_CUSTOMER: (OPEN, CANCELLED),
    WAITING_INTERNAL: (CANCELLED,),
    RESOLVED: (OPEN, CLOSED),
    CLOSED: (OPEN,),
}
TABLES = {'staff': STAFF, 'customer': CUSTOMER}


def allowed(source, target, actor='staff'):
    """Tell whether an actor may take a complaint from one kind to another.

    Staying in a kind is always allowed: two stages may share one.

    :param source: kind the complaint is in, or None when it is being made
    :param target: kind it is meant to reach
    :param actor: ``staff`` or ``customer``
    :return: bool; unknown kinds and actors are refused
    """
    if target not in KINDS or actor not in TABLES:
        return False
    if source is None or source == target:
        return True
    return target in TABLES[actor].get(source, ())
