# Who the customers are
from . import customer_link
from . import customer_dirty
from . import customer_segment
from . import customer_segment_mail
from . import customer_indicator
from . import customer_segment_history
from . import customer_threshold

# What to expect of them
from . import customer_fit
from . import customer_fit_line
from . import customer_fit_page
from . import customer_prediction

# Settings
from . import res_company
from . import res_config_settings

# What touches them
from . import account_move
from . import res_partner
from . import res_partner_card
from . import res_partner_mailing
from . import sale_order
from . import sale_order_line

# What the shop does about it
from . import loyalty_card
from . import product_pair
from . import segment_automation
from . import segment_automation_run

# What they say and what happened
from . import feedback
from . import timeline

# What is reported
from . import report_cart
from . import report_cohort
from . import report_nps
from . import report_sale
from . import report_source
from . import digest_digest
