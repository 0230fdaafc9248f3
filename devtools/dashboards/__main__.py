"""Write the spreadsheets of the dashboards: data/loyalty/files/*_dashboard.json.

Community has no spreadsheet editor; this is where a figure is added. Run it from the repository's
root: python devtools/dashboards
"""

import complaints
import customers
import shop
import voice
from board import TARGET

TARGET.mkdir(parents=True, exist_ok=True)
for dashboard in (shop, customers, complaints, voice):
    dashboard.write()
