# Dimension
from . import dimension

# Loyalty
from . import loyalty

# Complaint
from . import complaint

# Intake
from . import intake
from . import intake_site
