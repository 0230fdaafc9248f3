def build(models):
    return '<odoo noupdate="1">\n</odoo>\n'
