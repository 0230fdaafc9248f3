from .tools import *

# Shared
from . import test_install

# Dimension

# Loyalty

# Complaint

# Intake
