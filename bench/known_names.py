"""Variants of names, written for this: a line holds forms of one, and no two lines mean the same.

Lines stand beside others that look alike and are not: what is suggested across lines is wrong. By
sixes, one half of the lines was looked at while the rules were made, the other is kept aside.
"""

AUTHORS = """
Jane Harwood; J. Harwood; Jane A. Harwood; JANE HARWOOD
Tobias Quill; Toby Quill; Quill, Tobias
Inés Arrieta; Ines Arrieta; I. Arrieta
Sergey Malkov; Sergei Malkov; Sergej Malkov
Jürgen Möller; Juergen Moeller; Jurgen Moller
Søren Lykkegaard; Soren Lykkegaard
Robert Fenwick; Bob Fenwick; R. Fenwick; Robert J. Fenwick
Roberta Fenwick
William Tarrant; Bill Tarrant; W. H. Tarrant; William Henry Tarrant
Wilma Tarrant
Katherine Osei; Kate Osei; Catherine Osei
Mohammed Al-Zahrani; Muhammad al Zahrani; Mohamed Alzahrani
Ahmed Alzahrani
Daniel Cole; Dan Cole; Daniel R. Cole
Daniela Cole
Mario Conti; M. Conti
Maria Conti; Maria G. Conti
Philip Mathers; Phillip Mathers; Phil Mathers
Jonathan Weiss; Jon Weiss; Jonathon Weiss
John Whitlock; John Whitlok; J. Whitlock
Joan Barrow
John Barrow
Stephen Ashby; Steven Ashby; Steve Ashby
Kim Seong-ho; Seong-ho Kim; Kim Seongho
Nguyen Van Minh; Nguyễn Văn Minh
Dmitry Orlovsky; Dmitri Orlovsky; Dmitriy Orlovskiy
Yuri Kovalenko; Yury Kovalenko; Iurii Kovalenko
Jean-Paul Mercier; Jean Paul Mercier; Jeanpaul Mercier; J.-P. Mercier
Anna van der Linden; Anna Van der Linden; Anna Linden
Patrick O’Rourke; Patrick O'Rourke; Patrick ORourke; Pat O’Rourke
Lucía Peña; Lucia Pena
Elizabeth Thornhill; Liz Thornhill; Elisabeth Thornhill
Eleanor Thornhill
Dr Peter Lang; Peter Lang; Pete Lang
Paul Lang
George Marsden Jr
George Marsden; G. Marsden
Michael Strand; Micheal Strand; Mike Strand
Michaela Strand
Alexander Petrov; Aleksandr Petrov; Alex Petrov
Alexandra Petrova; A. Petrova
Thomas Blackwood; Tom Blackwood; Thomas Blackwod
Thomas Blackmore
Fatima Rahman; Fatimah Rahman
Farida Rahman
Hannah Lindqvist; Hanna Lindqvist
Grace Adeyemi; Grace Adeyemi-Cole
Margaret Ellison; Maggie Ellison; M. Ellison
Christopher Dunne; Chris Dunne; Christopher Dunn
Christine Dunning
Charlotte Beaumont; Charlote Beaumont
Charles Beaumont
Zbigniew Łukasz; Zbigniew Lukasz
José Ignacio Vidal; Jose I. Vidal; José Vidal
Pablo Vidal
Omar Haddad; Umar Haddad
Samir Haddad; S. Haddad
Andreas Vogel
Andrea Vogel
Andrew Vogel; Andy Vogel
Håkon Berg; Hakon Berg
Nikolai Stern; Nikolay Stern; N. Stern
Natalie Stern; Nathalie Stern
David Oakes; Dave Oakes; D. Oakes
Diana Oakes
Matthew Sharpe; Mathew Sharpe; Matt Sharpe
Martha Sharpe
Rebecca Tindall; Becky Tindall
Rachel Tindall
Li Wei; Wei Li
Li Wen
Bjørn Dahl; Bjorn Dahl; B. Dahl
Birgit Dahlberg
Timothy Graves; Tim Graves; Timothy Greaves
Tamara Graves
Eszter Nagy; Ester Nagy
Edward Lyle; Ted Lyle; Ed Lyle; E. R. Lyle; Edward R. Lyle
Edwina Lyle
Hussein Karimi; Hossein Karimi; Husain Karimi
Hassan Karimi
James Rutherford; Jim Rutherford; James Rutherfurd
Jamila Rutherford
Gabriel Fontaine; Gabriel Fontain
Gabrielle Fontaine
Anthony Marchetti; Tony Marchetti; Anthony Marcheti
Antonia Marchetti
Simon Wexford; Simon Wexfrod
Simone Wexford
Carl Lindgren; Karl Lindgren
Carla Lindgren
Frances Holloway
Francis Holloway; Frank Holloway
Leslie Marchbanks; Lesley Marchbanks
Erik Sandström; Eric Sandstrom; Erik Sandstroem
Victoria Nash; Vicky Nash; V. Nash
Vincent Nash
Ludmila Horáková; Ludmila Horakova; Lyudmila Horakova
Ian McAllister; Ian MacAllister; Ian Mc Allister
Iain Macalister
Oliver Bright; Olivier Bright
Olivia Bright
"""

SOURCES = """
The Harbour Guardian; harbourguardian.com; Harbour Guardian (London); Harbour Guardian
The Harbour Guardian Weekly
New Ashford Times; NAT; natimes.com; The New Ashford Times
New Ashford Tribune; newashfordtribune.example
Financial Ledger; FL
Fenland Leader; fenlandleader.co.uk
Süddeutscher Bote; Sueddeutscher Bote; suddeutscherbote.de
The Daily Herald of Norton; Daily Herald of Norton; Norton Daily Herald
The Sunday Herald of Norton
Le Courrier du Port; Courrier du Port; lecourrierduport.fr
Le Courrier du Nord
Wexford Post; WePo; wexfordpost.com; Wexford Post, The
Wexford Star; The Wexford Star
The Times of Malden; Malden Times
The Times (Harwich)
The Times (Colchester)
Evening Standard-Mercury; Evening Standard Mercury; eveningstandardmercury.com
Morning Standard-Mercury
El Faro de Levante; Faro de Levante; elfarodelevante.es
El Faro de Poniente
Daily Lantern; Lantern; The Lantern
Sunday Lantern
South Coast Morning Post; SCMP; scmp.example; South Coast Morning Post Online
South Coast Morning Star
Channel 4 Harwich
Channel 5 Harwich
Kyzyl News Agency; KNA; Kyzyl News
Kyzyl Observer; The Kyzyl Observer; Kyzyl Obsever
Brightwater Gazette; Brightwater Gazete; brightwatergazette.com
Brightwater Gazetteer
Trade & Tide; Trade and Tide; tradeandtide.com
Trade Winds
Die Hafenzeitung; Hafenzeitung; hafenzeitung.de; HAFENZEITUNG
Die Hafenpost
Thornbury Chronicle (UK); Thornbury Chronicle
Thornbury Chronicle-Argus
Radio Almadin; radioalmadin.kz; Radio Almadin Online
Radio Almadan
Norton Evening News; NEN; Norton Evening News (Norton, England)
Norton Evening Mail
La Voz del Puerto; Voz del Puerto; lavozdelpuerto.com.ar
La Luz del Puerto
Pennine Argus; The Pennine Argus; pennineargus.co.uk; pennineargus.com
Pennine Angler
International Courier; Courier International; The International Courier
National Courier
Vestnik Stepi; Viestnik Stepi
Vestnik Gor
The Economist of Harwich; Economist of Harwich
The Ecologist of Harwich
North Sea Review of Books; NSRB; nsrb.co.uk
North Sea Review of Boats
Globe & Anchor; The Globe and Anchor; globeandanchor.com
Globe and Mallet
West Riding Examiner; WRE; West Riding Examiner Digital Edition
East Riding Examiner
Il Corriere di Bovara; Corriere di Bovara
Il Corriere di Novara
Gulf Beacon; gulfbeacon.ae; The Gulf Beacon (Dubai)
Gulf Bacon
Al Manara; Al-Manara; almanara.example
Al Minara Weekly
"""


LINES = 6


def groups(text: str, half: int) -> list[list[str]]:
    """Return the lines of one half (0: looked at, 1: kept aside), each as its forms."""
    lines = text.strip().split("\n")
    chosen = [line for at, line in enumerate(lines) if at // LINES % 2 == half]
    return [[form.strip() for form in line.split(";")] for line in chosen]
