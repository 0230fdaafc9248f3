from . import res_company
from . import res_config_settings

# Rooms, in dependency order

# Dimension
from . import dimension

# Loyalty
from . import loyalty

# Complaint
from . import complaint

# Intake
from . import intake
