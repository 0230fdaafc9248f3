"""The customers of the demo shop: names as one meets them in Algeria, invented numbers, sixteen wilayas."""

FIRST = {
    'f': [
        'Amina', 'Samia', 'Nassima', 'Karima', 'Lynda', 'Meriem', 'Houria', 'Sabrina', 'Wassila', 'Fatima Zohra', 'Djamila', 'Imène', 'Ryma', 'Kenza', 'Assia',
        'Nawel', 'Hayet', 'Salima', 'Chahrazed', 'Thiziri', 'Manel', 'Souad', 'Yasmine', 'Nour El Houda', 'Farida', 'Ibtissem', 'Zineb', 'Hanane', 'Dalila', 'Rachida',
    ],
    'm': [
        'Mohamed', 'Sofiane', 'Rachid', 'Karim', 'Nabil', 'Mourad', 'Walid', 'Hichem', 'Amine', 'Bilal', 'Farid', 'Djamel', 'Tarek', 'Ilyes', 'Abdelkader',
        'Massinissa', 'Riad', 'Samir', 'Mehdi', 'Adel', 'Zakaria', 'Lotfi', 'Hakim', 'Réda', 'Anis', 'Nassim', 'Fouad', 'Khaled', 'Omar', 'Ayoub',
    ],
}  # fmt: skip
LAST = [
    'Benali', 'Bouzid', 'Haddad', 'Mansouri', 'Saadi', 'Brahimi', 'Amrani', 'Khelifi', 'Ziani', 'Belkacem', 'Hamdi', 'Cherif', 'Meziane', 'Boudiaf', 'Ouali',
    'Larbi', 'Rahmani', 'Toumi', 'Slimani', 'Bensalem', 'Guerroudj', 'Aït Ahmed', 'Yahiaoui', 'Djebbar', 'Ferhat', 'Mokrani', 'Sahraoui', 'Touati', 'Zerrouki', 'Bouchareb',
    'Hadj Ali', 'Kaci', 'Lounis', 'Merabet', 'Naït Slimane', 'Rezig', 'Belhadj', 'Chaoui', 'Dahmani',
]  # fmt: skip
COMPANIES = [
    ('Cabinet dentaire El Yasmine', 'Alger', '16'), ('Hôtel Les Zianides', 'Tlemcen', '13'), ('Café Port Saïd', 'Oran', '31'), ('Clinique Ibn Rochd', 'Annaba', '23'),
]  # fmt: skip
WILAYAS = [
    ('Alger', '16', 14), ('Oran', '31', 7), ('Constantine', '25', 5), ('Blida', '09', 5), ('Sétif', '19', 4), ('Tizi Ouzou', '15', 4), ('Béjaïa', '06', 4), ('Annaba', '23', 3),
    ('Tlemcen', '13', 3), ('Batna', '05', 3), ('Boumerdès', '35', 3), ('Tipaza', '42', 2), ('Mostaganem', '27', 2), ('Ghardaïa', '47', 1), ('Ouargla', '30', 1), ('Jijel', '18', 2),
]  # fmt: skip
STREETS = [
    'rue Larbi Ben M’hidi', 'cité des Oliviers', 'lotissement El Feth', 'rue des Frères Bouadou', 'cité 200 logements, bât. C', 'boulevard de l’ALN',
    'coopérative El Amel', 'rue Abane Ramdane', 'cité Les Jasmins', 'avenue du 1er Novembre',
]  # fmt: skip

# How a customer buys: how many customers, orders each, days since the last order, days between two orders
HABITS = [
    ('champion', 5, (4, 6), (0, 14), (35, 110)),
    ('loyal', 6, (3, 4), (30, 75), (60, 150)),
    ('promising', 7, (1, 2), (28, 70), (20, 60)),
    ('new', 10, (1, 1), (0, 9), (10, 20)),
    ('slowing', 7, (2, 2), (110, 170), (40, 110)),
    ('at risk', 5, (3, 3), (210, 300), (40, 90)),
    ('cannot lose', 3, (4, 5), (300, 380), (30, 70)),
    ('asleep', 9, (1, 2), (320, 480), (40, 90)),
    ('lost', 8, (1, 1), (560, 720), (10, 20)),
    ('curious', 4, (0, 0), (0, 0), (0, 0)),
]


def phone(rnd):
    """Give an invented number of a telephone, in one of the ways people write it."""
    prefix = rnd.choice(['550', '660', '770', '540', '697'])
    rest = f'0{rnd.randrange(100000):05d}'
    return rnd.choice(
        [
            f'+213 {prefix} {rest[:2]} {rest[2:4]} {rest[4:]}',
            f'0{prefix} {rest[:2]} {rest[2:4]} {rest[4:]}',
            f'0{prefix}{rest}',
        ]
    )


def invent(rnd):
    """Give the customers: dictionaries with name, phone, street, city, code, company, habit, orders' ages in days."""
    people, seen = [], set()
    firms = list(COMPANIES)
    for habit, many, orders, last, gap in HABITS:
        for _customer in range(many):
            firm = (
                firms.pop()
                if firms and habit in ('champion', 'loyal') and rnd.random() < 0.4
                else None
            )
            if firm:
                name, city, code = firm
            else:
                city, code, _weight = rnd.choices(WILAYAS, [w[2] for w in WILAYAS])[0]
                name = None
                while name is None or name in seen:
                    name = f"{rnd.choice(FIRST[rnd.choice('ffm')])} {rnd.choice(LAST)}"
            seen.add(name)
            many_orders = rnd.randint(*orders)
            ages = [rnd.randint(*last)] if many_orders else []
            for _order in range(many_orders - 1):
                ages.append(ages[-1] + rnd.randint(*gap))
            people.append(
                {
                    'name': name,
                    'company': bool(firm),
                    'habit': habit,
                    'phone': phone(rnd),
                    'street': f'{rnd.randint(1, 90)}, {rnd.choice(STREETS)}',
                    'city': city,
                    'code': code,
                    'ages': [age for age in ages if age < 735],
                }
            )
    return people
