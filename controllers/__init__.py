# Dimension
from . import dimension

# Complaint
from . import complaint

# Intake
from . import intake
from . import intake_site
