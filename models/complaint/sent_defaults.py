"""Defaults that come with a remote call."""


def take_back(records, values, names):
    """Give protected fields their own defaults again: a default that a client sends is a value that he sends.

    :param records: the model that was asked for its defaults
    :param dict values: what ``default_get`` found; changed in place
    :param set names: fields that a client does not write
    """
    if records.env.su:
        return
    for name in names & set(values):
        field = records._fields[name]
        values.pop(name)
        if field.default:
            values[name] = field.convert_to_write(field.default(records), records)
