from . import test_dimension_profile
from . import test_dimension_cart
from . import test_dimension_order
from . import test_dimension_tours
from . import test_dimension_workshop
from . import test_dimension_shop
