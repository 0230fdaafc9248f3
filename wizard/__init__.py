# Dimension
from . import dimension_profile_assign

# Loyalty

# Complaint
from . import complaint_merge
from . import complaint_refuse

# Intake
