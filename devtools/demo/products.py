"""demo/product_demo.xml: shop categories, then a product a model, with its two pictures."""

from xml.sax.saxutils import escape, quoteattr

# Two sentences a category: English, French, Arabic
STORIES = {
    'abstract': (
        "Shapes and colours that give a plain wall its centre. They go with wood, linen and white.",
        "Des formes et des couleurs qui donnent un centre à un mur nu. Elles vont avec le bois, le lin et le blanc.",
        "أشكال وألوان تمنح الجدار الخالي مركزه. تنسجم مع الخشب والكتان والأبيض.",
    ),
    'geometric': (
        "Drawn with ruler and compass, in frank colours. A single one wakes up a corridor or an office.",
        "Dessiné à la règle et au compas, en couleurs franches. Un seul suffit à réveiller un couloir ou un bureau.",
        "مرسومة بالمسطرة والبركار وبألوان صريحة. واحدة تكفي لإحياء رواق أو مكتب.",
    ),
    'zellige': (
        "Stars of the old tile makers, redrawn line by line. As beautiful in an entrance as in a guest room.",
        "Les étoiles des anciens zelligeurs, redessinées trait par trait. Aussi belles dans une entrée que dans un salon d'invités.",
        "نجوم صناع الزليج القدامى، أعيد رسمها خطًا خطًا. جميلة في المدخل كما في غرفة الضيوف.",
    ),
    'sahara': (
        "The great landscapes of the country, in flat warm tints. A window where there is none.",
        "Les grands paysages du pays, en aplats chaleureux. Une fenêtre là où il n'y en a pas.",
        "مناظر البلاد الكبرى بألوان دافئة مسطحة. نافذة حيث لا نافذة.",
    ),
    'algiers': (
        "White houses, sails and evenings over the water. For those who miss the sea, and those who see it every day.",
        "Maisons blanches, voiles et soirs sur l'eau. Pour ceux à qui la mer manque, et ceux qui la voient tous les jours.",
        "بيوت بيضاء وأشرعة ومساءات على الماء. لمن يشتاق إلى البحر ولمن يراه كل يوم.",
    ),
    'botanical': (
        "Plants from here, that need no water. Hang them by three above a sofa or a bed.",
        "Des plantes d'ici, qui ne demandent pas d'eau. À accrocher par trois au-dessus d'un canapé ou d'un lit.",
        "نباتات من هنا لا تحتاج إلى ماء. تُعلّق ثلاثًا فوق أريكة أو سرير.",
    ),
    'calligraphy': (
        "The movement of the reed pen without the words: each one reads what he likes. Strong alone on a wall.",
        "Le mouvement du calame sans les mots : chacun y lit ce qu'il veut. Fort, seul sur un mur.",
        "حركة القلم دون كلمات: يقرأ كل واحد ما يشاء. قوية وحدها على الجدار.",
    ),
    'amazigh': (
        "Motifs of weavers, potters and silversmiths, passed from hand to hand. A piece of home, wherever you live.",
        "Motifs de tisseuses, de potières et d'orfèvres, passés de main en main. Un morceau de la maison, où que l'on vive.",
        "رسوم النساجات وصانعات الفخار وصاغة الفضة، تنتقل من يد إلى يد. قطعة من البيت أينما كنتم.",
    ),
    'night': (
        "Deep blues for a bedroom or a reading corner. The sky as one sees it far from the cities.",
        "Des bleus profonds pour une chambre ou un coin de lecture. Le ciel comme on le voit loin des villes.",
        "أزرق عميق لغرفة نوم أو ركن قراءة. السماء كما تُرى بعيدًا عن المدن.",
    ),
}
MAKING = (
    "Printed in our workshop in Algiers on cotton canvas, stretched on a pine frame, ready to hang.",
    "Imprimé dans notre atelier d'Alger sur toile de coton, tendu sur châssis de pin, prêt à accrocher.",
    "مطبوعة في ورشتنا بالجزائر على قماش القطن، مشدودة على إطار من الصنوبر وجاهزة للتعليق.",
)
# Models put forward on the first page of the shop
FIRST = [
    'M054',
    'M211',
    'M001',
    'M188',
    'M104',
    'M266',
    'M371',
    'M244',
    'M156',
    'M376',
    'M295',
    'M227',
]


def _translate(model, ref, field, french, arabic):
    values = repr([None, field, {'fr_FR': french, 'ar_001': arabic}]).replace(
        'None', f"[ref('{ref}')]", 1
    )
    return f'    <function model="{model}" name="update_field_translations" eval={quoteattr(values)}/>\n'


def _category(sequence, row):
    key, english, french, arabic = row
    story = STORIES[key]
    return (
        f'    <record id="demo_category_{key}" model="product.public.category">\n'
        f'        <field name="name">{escape(english)}</field>\n'
        f'        <field name="sequence">{sequence}</field>\n'
        '        <field name="website_id" ref="demo_website"/>\n'
        f'        <field name="image_1920" type="base64" file="ecrm/static/demo/shop/category_{key}.webp"/>\n'
        f'        <field name="cover_image" type="base64" file="ecrm/static/demo/shop/category_{key}.webp"/>\n'
        f'        <field name="website_description" type="html"><p>{escape(story[0])}</p></field>\n'
        '    </record>\n'
        + _translate('product.public.category', f'demo_category_{key}', 'name', french, arabic)
        + _translate(
            'product.public.category',
            f'demo_category_{key}',
            'website_description',
            {story[0]: story[1]},
            {story[0]: story[2]},
        )
    )


def _product(row):
    ref, category, _module, _style, _palette, english, french, arabic = row
    name = f'demo_product_{ref.lower()}'
    story = STORIES[category]
    place = FIRST.index(ref) + 1 if ref in FIRST else 100 + int(ref[1:])
    return (
        f'    <record id="{name}" model="product.template">\n'
        f'        <field name="name">Canvas {ref} – {escape(english)}</field>\n'
        f'        <field name="default_code">{ref}</field>\n'
        '        <field name="type">consu</field>\n'
        '        <field name="categ_id" ref="demo_category_canvas"/>\n'
        '        <field name="company_id" ref="demo_company"/>\n'
        '        <field name="list_price">3400</field>\n'
        '        <field name="standard_price">1300</field>\n'
        '        <field name="purchase_ok" eval="False"/>\n'
        '        <field name="taxes_id" eval="[Command.clear()]"/>\n'
        '        <field name="supplier_taxes_id" eval="[Command.clear()]"/>\n'
        '        <field name="ecrm_size_profile_id" ref="demo_size_profile_canvas"/>\n'
        f'        <field name="public_categ_ids" eval="[Command.set([ref(\'demo_category_{category}\')])]"/>\n'
        f'        <field name="website_sequence">{place}</field>\n'
        '        <field name="is_published" eval="True"/>\n'
        f'        <field name="image_1920" type="base64" file="ecrm/static/demo/products/{ref.lower()}.webp"/>\n'
        f'        <field name="description_ecommerce" type="html"><p>{escape(story[0])}</p><p>{escape(MAKING[0])}</p></field>\n'
        '    </record>\n'
        f'    <record id="{name}_room" model="product.image">\n'
        f'        <field name="name">{ref}</field>\n'
        f'        <field name="product_tmpl_id" ref="{name}"/>\n'
        f'        <field name="image_1920" type="base64" file="ecrm/static/demo/products/{ref.lower()}_room.webp"/>\n'
        '    </record>\n'
        + _translate(
            'product.template', name, 'name', f'Tableau {ref} – {french}', f'لوحة {ref} – {arabic}'
        )
        + _translate(
            'product.template',
            name,
            'description_ecommerce',
            {story[0]: story[1], MAKING[0]: MAKING[1]},
            {story[0]: story[2], MAKING[0]: MAKING[2]},
        )
    )


def build(categories, models):
    """Give the XML text of the categories and products."""
    parts = [
        '<odoo noupdate="1" context="{\'allowed_company_ids\': [ref(\'demo_company\')]}">\n\n',
        '    <record id="demo_category_canvas" model="product.category">\n'
        '        <field name="name">Canvas prints</field>\n    </record>\n',
        _translate(
            'product.category',
            'demo_category_canvas',
            'name',
            "Tableaux sur toile",
            "لوحات على القماش",
        ),
        '    <!-- No VAT on the lines: the shop is taxed on its turnover (IFU) -->\n',
    ]
    parts += [_category(10 * (k + 1), row) for k, row in enumerate(categories)]
    parts += [_product(row) for row in models]
    parts.append('\n</odoo>\n')
    return ''.join(parts)
