<?php

namespace App\Controller;

final class Accueil
{
}
