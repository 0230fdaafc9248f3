from .tools import *

# Dimension

# Loyalty

# Complaint

# Intake
