{
    'name': "e-CRM for made-to-measure shops",
    'summary': "Size pricing, complaint tickets, loyalty indicators and site forms into CRM leads",
    'version': '19.0.1.0.0',
    'category': 'Sales/CRM',
    'author': "ecrm contributors",
    'license': 'LGPL-3',
    'depends': [
        'mass_mailing_sms',
        'payment_custom',
        'sale_crm',
        'sale_management',
        'sale_margin',
        'spreadsheet_dashboard',
        'website_crm',
        'website_mass_mailing',
        'website_sale_comparison',
        'website_sale_loyalty',
        'website_sale_stock',
        'website_sale_wishlist',
    ],
    'external_dependencies': {'python': ['phonenumbers']},
    'data': [
        # Shared foundation
        'security/ecrm_groups.xml',
        'security/ir.model.access.csv',
        'views/ecrm_menus.xml',
        'views/res_config_settings_views.xml',
        # Dimension
        'security/dimension_security.xml',
        'data/dimension/mail_template_data.xml',
        'views/dimension/size_profile_views.xml',
        'views/dimension/product_views.xml',
        'views/dimension/sale_order_views.xml',
        'views/dimension/shop_templates.xml',
        'views/dimension/workshop_job_views.xml',
        'report/dimension/workshop_reports.xml',
        'views/dimension/dimension_menus.xml',
        # Loyalty
        'security/loyalty_security.xml',
        'data/loyalty/customer_segment_data.xml',
        'data/loyalty/ir_cron_data.xml',
        'data/loyalty/mail_template_data.xml',
        'views/loyalty/customer_segment_views.xml',
        'views/loyalty/customer_indicator_views.xml',
        'views/loyalty/customer_threshold_views.xml',
        'views/loyalty/customer_fit_views.xml',
        'views/loyalty/report_cohort_views.xml',
        'views/loyalty/report_cart_views.xml',
        'views/loyalty/report_sale_views.xml',
        'views/loyalty/feedback_views.xml',
        'views/loyalty/feedback_templates.xml',
        'views/loyalty/timeline_views.xml',
        'views/loyalty/res_partner_views.xml',
        'views/loyalty/res_config_settings_views.xml',
        'views/loyalty/loyalty_menus.xml',
        # Complaint
        'security/ecrm_complaint_security.xml',
        'data/complaint/ecrm_complaint_stage_data.xml',
        'data/complaint/ecrm_complaint_cause_data.xml',
        'data/complaint/ecrm_complaint_team_data.xml',
        'data/complaint/ecrm_complaint_sla_data.xml',
        'data/complaint/ir_cron_data.xml',
        'data/complaint/mail_template_data.xml',
        'views/complaint/ecrm_complaint_refuse_views.xml',
        'views/complaint/ecrm_complaint_views.xml',
        'views/complaint/ecrm_complaint_config_views.xml',
        'views/complaint/res_partner_views.xml',
        'views/complaint/ecrm_complaint_templates.xml',
        # Intake
        'security/ecrm_submission_security.xml',
        'data/intake/res_country_state_data.xml',
        'data/intake/ecrm_source_data.xml',
        'data/intake/ir_cron_data.xml',
        'views/intake/ecrm_source_views.xml',
        'views/intake/ecrm_submission_views.xml',
        'views/intake/crm_lead_views.xml',
        'views/intake/res_partner_views.xml',
        'views/intake/ecrm_intake_menus.xml',
        'views/intake/website_templates.xml',
        'data/intake/website_data.xml',
    ],
    'demo': [
        'demo/shop_demo.xml',
        'demo/site_demo.xml',
        'demo/dimension_demo.xml',
        'demo/product_demo.xml',
        'demo/order_demo.xml',
        # Last: reads the orders of the others
        'demo/loyalty_demo.xml',
    ],
    'assets': {
        'web.assets_frontend': [
            # Dimension
            'ecrm/static/src/dimension/interactions/**/*',
            'ecrm/static/src/dimension/scss/size_block.scss',
            # Complaint
            'ecrm/static/src/complaint/scss/complaint_portal.scss',
            'ecrm/static/src/complaint/interactions/*.js',
            # Intake
            'ecrm/static/src/intake/scss/**/*',
        ],
        'web.assets_backend': [
            # Dimension
            # Loyalty
            'ecrm/static/src/loyalty/**/*',
            # Complaint
            'ecrm/static/src/complaint/scss/complaint_backend.scss',
            # Intake
        ],
        'web.assets_unit_tests': [
            'ecrm/static/tests/unit/**/*.test.js',
        ],
        'web.assets_tests': [
            'ecrm/static/tests/tours/**/*',
        ],
    },
    'application': True,
}
