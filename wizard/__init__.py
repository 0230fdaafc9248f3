# Dimension
from . import dimension_profile_assign

# Loyalty

# Complaint
from . import complaint_refuse

# Intake
