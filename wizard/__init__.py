# Dimension
from . import dimension_profile_assign

# Loyalty

# Complaint

# Intake
