# Dimension
from . import dimension_profile_assign
from . import dimension_grid_import

# Loyalty
from . import loyalty_preview
from . import loyalty_preview_row

# Complaint
from . import complaint_find
from . import complaint_find_row
from . import complaint_merge
from . import complaint_refuse
from . import complaint_reply
from . import complaint_split
from . import complaint_split_line

# Intake
from . import intake_link
from . import intake_phone
from . import intake_erase
