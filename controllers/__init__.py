# Dimension
from . import dimension

# Complaint

# Intake
