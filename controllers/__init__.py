# Dimension
from . import dimension

# Complaint
from . import complaint

# Intake
