"""What every visitor meets: home, profiles, texts, and what machines ask for."""
