"""Generate the asset bundles once, so that no page and no browser test waits for them. Fed to `odoo shell`."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
