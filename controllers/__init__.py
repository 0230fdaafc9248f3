# Dimension

# Complaint

# Intake
