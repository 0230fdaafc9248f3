from .tools import *

# Shared
from . import test_access
from . import test_demo
from . import test_install
from . import test_javascript
from . import test_shops
from . import test_thread
from . import test_tokens

# Dimension
from .dimension import *

# Loyalty
from .loyalty import *

# Complaint
from .complaint import *

# Intake
from .intake import *
